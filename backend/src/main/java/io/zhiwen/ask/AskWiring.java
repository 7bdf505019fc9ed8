package io.zhiwen.ask;

import io.zhiwen.account.Audit;
import io.zhiwen.account.SecretBox;
import io.zhiwen.ask.prompt.AssistantSettings;
import io.zhiwen.ask.prompt.PromptSettings;
import io.zhiwen.ask.prompt.Texts;
import io.zhiwen.ask.question.FollowUps;
import io.zhiwen.ask.question.QuestionSettings;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.stream.ExtractiveEngine;
import io.zhiwen.ask.stream.LlmSettings;
import io.zhiwen.ask.stream.ModelFollowUps;
import io.zhiwen.ask.stream.ModelObserver;
import io.zhiwen.ask.stream.ModelServers;
import io.zhiwen.ask.stream.ModelSuggestions;
import io.zhiwen.ask.stream.Models;
import io.zhiwen.ask.stream.Summaries;
import io.zhiwen.ask.table.Computing;
import io.zhiwen.ask.table.TableComputing;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.TableQueries;
import io.zhiwen.ingest.store.TableStore;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/// Puts the stages together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    AnswerSettings.class,
    LlmSettings.class,
    AssistantSettings.class,
    PromptSettings.class,
    QuestionSettings.class,
    RetrievalProfile.class,
    TokenSettings.class
})
class AskWiring {

    private static final int SECONDS_TO_COMPUTE = 3;

    @Bean
    ModelServers modelServers(JdbcClient db, TransactionOperations tx, Audit audit, SecretBox box) {
        return new ModelServers(db, tx, audit, box);
    }

    @Bean(destroyMethod = "close")
    Models models(
            LlmSettings settings,
            PromptSettings prompt,
            ModelServers servers,
            List<ModelObserver> observers) {
        return new Models(settings, prompt, servers, ModelObserver.all(observers));
    }

    @Bean
    FollowUps followUps(Models models, LlmSettings settings) {
        return new ModelFollowUps(models, settings);
    }

    @Bean
    ModelSuggestions modelSuggestions(Models models, LlmSettings settings) {
        return new ModelSuggestions(models, settings);
    }

    @Bean
    Summaries summaries(PromptSettings prompt, LlmSettings settings) {
        return new Summaries(prompt, settings);
    }

    @Bean
    ExtractiveEngine extractiveEngine(Encoders encoders) {
        return new ExtractiveEngine(encoders);
    }

    /// In transactions that only read, for no longer than a reader waits for a sum.
    @Bean
    Computing computing(JdbcClient db, PlatformTransactionManager transactions) {
        var reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        reading.setTimeout(SECONDS_TO_COMPUTE);
        return new TableComputing(new TableStore(db), new TableQueries(db), reading);
    }

    @Bean
    Texts texts(ChunkStore store) {
        return (document, version) -> store.content(document, version).map(CleanDocument::text);
    }
}
