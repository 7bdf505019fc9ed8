package io.zhiwen.ask;

import io.zhiwen.account.Audit;
import io.zhiwen.account.SecretBox;
import io.zhiwen.ask.prompt.PromptSettings;
import io.zhiwen.ask.prompt.Texts;
import io.zhiwen.ask.question.FollowUps;
import io.zhiwen.ask.rerank.PassageTokens;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.stream.ExtractiveEngine;
import io.zhiwen.ask.stream.Lines;
import io.zhiwen.ask.stream.LlmSettings;
import io.zhiwen.ask.stream.ModelFollowUps;
import io.zhiwen.ask.stream.ModelObserver;
import io.zhiwen.ask.stream.ModelQueries;
import io.zhiwen.ask.stream.ModelServers;
import io.zhiwen.ask.stream.ModelSuggestions;
import io.zhiwen.ask.stream.Models;
import io.zhiwen.ask.stream.PassageReader;
import io.zhiwen.ask.stream.SharedLines;
import io.zhiwen.ask.stream.Summaries;
import io.zhiwen.ask.table.Computing;
import io.zhiwen.ask.table.TableComputing;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.store.TokenStore;
import io.zhiwen.node.Node;
import io.zhiwen.node.Notifications;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/// Puts the stages together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    AnswerSettings.class,
    LlmSettings.class,
    PromptSettings.class,
    RetrievalProfile.class
})
class AskWiring {

    /// What a reader waits for a sum; after it the passages answer.
    private static final Duration LONGEST_QUERY = Duration.ofSeconds(3);

    /// What a reader waits for it before nothing is found.
    private static final Duration LONGEST_WAIT_FOR_THE_INDEX = Duration.ofSeconds(1);

    @Bean
    ModelServers modelServers(JdbcClient db, TransactionOperations tx, Audit audit, SecretBox box) {
        return new ModelServers(db, tx, audit, box);
    }

    @Bean
    Lines lines(
            @Qualifier("queueDataSource") DataSource queue,
            Node node,
            Notifications notifications) {
        if (node.alone()) {
            return Lines.OWN;
        }
        var tx = new TransactionTemplate(new JdbcTransactionManager(queue));
        return SharedLines.start(JdbcClient.create(queue), tx, node, notifications);
    }

    @Bean(destroyMethod = "close")
    Models models(
            LlmSettings settings,
            PromptSettings prompt,
            ModelServers servers,
            Lines lines,
            List<ModelObserver> observers) {
        return new Models(settings, prompt, servers, lines, ModelObserver.all(observers));
    }

    @Bean
    FollowUps followUps(Models models, LlmSettings settings) {
        return new ModelFollowUps(models, settings);
    }

    @Bean
    PassageReader passageReader(Models models) {
        return new PassageReader(models);
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
    PassageTokens passageTokens(TokenStore store, RetrievalProfile profile) {
        return new PassageTokens(store::of, profile.tokenCache().toBytes());
    }

    @Bean
    ExtractiveEngine extractiveEngine(Encoders encoders, PassageTokens passages) {
        return new ExtractiveEngine(encoders, passages);
    }

    @Bean
    Freshness freshness(IndexFollower follower) {
        return Freshness.of(follower, LONGEST_WAIT_FOR_THE_INDEX);
    }

    @Bean
    Computing computing(ReaderDatabase readers, Models models, LlmSettings settings) {
        var queries = new ModelQueries(models, settings);
        return new TableComputing(readers, LONGEST_QUERY, queries::said);
    }

    @Bean
    Texts texts(ChunkStore store) {
        return new StoredTexts(store);
    }
}
