package io.zhiwen.doors;

import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.Answering;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/// The product's own answers, but for one question whose answer goes on until it is stopped.
@TestConfiguration(proxyBeanMethods = false)
class EndlessAnswers {

    static final String QUESTION = "tell me everything";
    static final AtomicInteger RUNNING = new AtomicInteger();

    @Bean
    static BeanPostProcessor endless() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Answering real ? wrapped(real) : bean;
            }
        };
    }

    private static Answering wrapped(Answering real) {
        return (ask, events, stop) -> {
            if (!ask.question().equals(QUESTION)) {
                real.answer(ask, events, stop);
                return;
            }
            RUNNING.incrementAndGet();
            try {
                while (!stop.getAsBoolean()) {
                    events.accept(new AnswerEvent.Token("and\r\nevent: x\u2028 so on "));
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                RUNNING.decrementAndGet();
            }
        };
    }
}
