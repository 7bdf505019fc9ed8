package io.zhiwen.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.TestPostgres;
import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Choice;
import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.account.Scopes;
import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.Answering;
import io.zhiwen.ask.Samples;
import io.zhiwen.ask.cite.Citation;
import io.zhiwen.ask.cite.Citations;
import io.zhiwen.ask.question.FollowUps;
import io.zhiwen.ask.question.QuestionSettings;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.ask.question.Turn;
import io.zhiwen.ask.question.UnusableQuestion;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.node.Ending;
import io.zhiwen.node.Node;
import io.zhiwen.node.NodeRole;
import io.zhiwen.node.NodeSettings;
import io.zhiwen.node.Notifications;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Chats on a real PostgreSQL, with answers a test writes itself.
@Timeout(60)
class ConversationsTest {

    private static final Citation CITED =
            Citations.of(List.of(Samples.passage(1, "21 days of leave", 1))).getFirst();

    private static DataSource source;
    private static JdbcClient db;

    private final Principal.User an = new Principal.User(UUID.randomUUID(), "an", false);
    private final Principal.User bo = new Principal.User(UUID.randomUUID(), "bo", false);
    private final Set<KnowledgeBaseId> readable = ConcurrentHashMap.newKeySet();
    private final List<Answering.Ask> asked = Collections.synchronizedList(new ArrayList<>());
    private Answering answering = (_, out, _) -> out.accept(finished("21 days [1].", CITED));
    private final List<Notifications> lines = new ArrayList<>();
    private Conversations conversations;
    private Duration unread = Duration.ofMinutes(5);

    @BeforeAll
    static void makeDatabase() {
        source = TestPostgres.fresh();
        db = JdbcClient.create(source);
    }

    @BeforeEach
    void people() {
        for (Principal.User user : List.of(an, bo)) {
            db.sql(
                            "insert into app_user (id, name, password_hash, role) values (?, ?, '', 'member')")
                    .params(user.id(), user.name() + user.id())
                    .update();
        }
        readable.add(Samples.BASE);
        conversations = newProcess();
    }

    @AfterEach
    void hangUp() {
        lines.forEach(Notifications::close);
    }

    @Test
    void aQuestionAndItsAnswerAreThereAfterAReload() throws InterruptedException {
        UUID id = chat(an);
        List<AnswerEvent> events = ask(an, id, "How much leave do I get?");
        assertThat(events).containsExactly(finished("21 days [1].", CITED));
        Conversation stored = newProcess().open(an, id).orElseThrow();
        assertThat(stored.row().title()).isEqualTo("How much leave do I get?");
        assertThat(stored.row().running()).isFalse();
        assertThat(stored.messages())
                .extracting(Message::role)
                .containsExactly(Message.Role.USER, Message.Role.ASSISTANT);
        Message answer = stored.messages().getLast();
        assertThat(answer.text()).isEqualTo("21 days [1].");
        assertThat(answer.state()).isEqualTo(Message.State.COMPLETE);
        assertThat(answer.engine()).isEqualTo(Answer.Engine.LLM);
        assertThat(answer.citations()).containsExactly(CITED);
    }

    @Test
    void theAnswerGoesOnWhenItsReaderLeavesAndAnotherReadsAllOfIt() throws InterruptedException {
        var mayEnd = new CountDownLatch(1);
        answering =
                (_, out, _) -> {
                    out.accept(new AnswerEvent.Stage("searching", 1));
                    out.accept(new AnswerEvent.Thinking("hm"));
                    out.accept(new AnswerEvent.Token("21 "));
                    out.accept(new AnswerEvent.Token("days"));
                    wait(mayEnd);
                    out.accept(new AnswerEvent.Token(" [1]."));
                    out.accept(finished("21 days [1].", CITED));
                };
        UUID id = chat(an);
        var seen = new CountDownLatch(1);
        Attachment first =
                conversations.ask(
                        an,
                        id,
                        "How much leave?",
                        List.of(),
                        event -> {
                            seen.countDown();
                            throw new IllegalStateException("the page was closed");
                        });
        wait(seen);
        first.await();
        assertThat(conversations.open(an, id).orElseThrow().row().running()).isTrue();
        List<AnswerEvent> again = Collections.synchronizedList(new ArrayList<>());
        Attachment second = conversations.attach(an, id, again::add).orElseThrow();
        mayEnd.countDown();
        second.await();
        assertThat(again.getFirst()).isEqualTo(new AnswerEvent.Stage("searching", 1));
        assertThat(text(again)).isEqualTo("21 days [1].");
        assertThat(again.getLast()).isEqualTo(finished("21 days [1].", CITED));
        Message stored = conversations.open(an, id).orElseThrow().messages().getLast();
        assertThat(stored.state()).isEqualTo(Message.State.COMPLETE);
        assertThat(stored.thinking()).isEqualTo("hm");
        assertThat(conversations.attach(an, id, again::add)).isEmpty();
    }

    @Test
    void aSlowReaderHoldsUpNeitherTheAnswerNorAnotherReader() throws InterruptedException {
        var slow = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        answering =
                (_, out, _) -> {
                    wait(begun);
                    for (int i = 0; i < 5000; i++) {
                        out.accept(new AnswerEvent.Token("a"));
                    }
                    out.accept(finished("a".repeat(5000), CITED));
                };
        UUID id = chat(an);
        List<AnswerEvent> late = Collections.synchronizedList(new ArrayList<>());
        Attachment stuck =
                conversations.ask(
                        an,
                        id,
                        "How much leave?",
                        List.of(),
                        event -> {
                            wait(slow);
                            late.add(event);
                        });
        List<AnswerEvent> quick = Collections.synchronizedList(new ArrayList<>());
        Attachment other = conversations.attach(an, id, quick::add).orElseThrow();
        begun.countDown();
        other.await();
        assertThat(text(quick)).hasSize(5000);
        slow.countDown();
        stuck.await();
        assertThat(text(late)).hasSize(5000);
        assertThat(late.size()).isLessThan(100);
    }

    @Test
    void stoppingKeepsWhatWasWritten() throws InterruptedException {
        answering = PATIENT;
        UUID id = chat(an);
        List<AnswerEvent> events = Collections.synchronizedList(new ArrayList<>());
        Attachment reader = conversations.ask(an, id, "How much leave?", List.of(), events::add);
        assertThat(conversations.stop(bo.id(), id)).isFalse();
        assertThat(conversations.stop(an.id(), id)).isTrue();
        reader.await();
        assertThat(events.getLast()).isInstanceOf(AnswerEvent.Stopped.class);
        Message stored = conversations.open(an, id).orElseThrow().messages().getLast();
        assertThat(stored.state()).isEqualTo(Message.State.STOPPED);
        assertThat(stored.text()).isEqualTo("21 ");
        assertThat(conversations.stop(an.id(), id)).isFalse();
    }

    @Test
    void aChatAnswersOneQuestionAtATime() throws InterruptedException {
        answering = PATIENT;
        UUID id = chat(an);
        Attachment reader = conversations.ask(an, id, "How much leave?", List.of(), _ -> {});
        assertThatThrownBy(() -> conversations.ask(an, id, "And more?", List.of(), _ -> {}))
                .isInstanceOf(AnswerAlreadyRunning.class);
        conversations.stop(an.id(), id);
        reader.await();
        answering = (_, out, _) -> out.accept(finished("More.", CITED));
        ask(an, id, "And more?");
        assertThat(conversations.open(an, id).orElseThrow().messages()).hasSize(4);
    }

    @Test
    void theLastQuestionIsAskedAnewInItsPlaceAnEarlierOneInACopy() throws InterruptedException {
        UUID id = chat(an);
        ask(an, id, "first?");
        ask(an, id, "second?");
        List<Message> before = conversations.open(an, id).orElseThrow().messages();
        UUID first = before.get(0).id();
        UUID second = before.get(2).id();

        UUID copy = conversations.instead(an, id, first, "another?");
        assertThat(copy).isNotEqualTo(id);
        assertThat(conversations.open(an, copy).orElseThrow().messages()).isEmpty();
        assertThat(conversations.open(an, id).orElseThrow().messages()).isEqualTo(before);

        UUID branch = conversations.branch(an.id(), id, first);
        List<Message> branched = conversations.open(an, branch).orElseThrow().messages();
        assertThat(branched)
                .extracting(Message::text)
                .containsExactly("first?", "21 days [1].")
                .isEqualTo(before.subList(0, 2).stream().map(Message::text).toList());
        assertThat(branched.getLast().citations()).containsExactly(CITED);

        assertThat(conversations.instead(an, id, second, "instead?")).isEqualTo(id);
        assertThat(conversations.open(an, id).orElseThrow().messages())
                .isEqualTo(before.subList(0, 2));
        assertThatThrownBy(() -> conversations.instead(bo, id, first, "mine?"))
                .isInstanceOf(NoSuchConversation.class);
        assertThatThrownBy(() -> conversations.branch(bo.id(), id, first))
                .isInstanceOf(NoSuchConversation.class);
    }

    @Test
    void aChatIsFoundByItsWordsButNotByThoseOfABaseOneMayNoLongerRead()
            throws InterruptedException {
        UUID id = chat(an);
        ask(an, id, "How much 100% leave?");
        assertThat(conversations.search(an, "21 DAYS")).hasSize(1);
        assertThat(conversations.search(an, "100%")).hasSize(1);
        assertThat(conversations.search(an, "1_0%")).isEmpty();
        assertThat(conversations.search(bo, "leave")).isEmpty();
        readable.clear();
        assertThat(conversations.search(an, "21 days")).isEmpty();
        assertThat(conversations.search(an, "how much")).hasSize(1);
    }

    @Test
    void nobodySeesOrTouchesAnothersChat() throws InterruptedException {
        UUID id = chat(an);
        ask(an, id, "How much leave?");
        assertThat(conversations.list(bo.id())).isEmpty();
        assertThat(conversations.open(bo, id)).isEmpty();
        assertThat(conversations.attach(bo, id, _ -> {})).isEmpty();
        assertThat(conversations.rename(bo.id(), id, "Mine")).isFalse();
        assertThat(conversations.delete(bo, id)).isFalse();
        assertThatThrownBy(() -> conversations.ask(bo, id, "x?", List.of(), _ -> {}))
                .isInstanceOf(NoSuchConversation.class);
        assertThatThrownBy(() -> conversations.regenerate(bo, id, _ -> {}))
                .isInstanceOf(NoSuchConversation.class);
        assertThat(conversations.open(an, id).orElseThrow().messages()).hasSize(2);
    }

    @Test
    void aBaseThatIsNotReadableCannotBeAsked() {
        UUID id = chat(an);
        var other = KnowledgeBaseId.random();
        assertThatThrownBy(() -> conversations.ask(an, id, "x?", List.of(other), _ -> {}))
                .isInstanceOf(NoSuchKnowledgeBase.class);
        assertThat(conversations.open(an, id).orElseThrow().messages()).isEmpty();
    }

    @Test
    void whatRestsOnABaseOneMayNoLongerReadIsWithheld() throws InterruptedException {
        UUID id = chat(an);
        ask(an, id, "How much leave?");
        answering =
                (_, out, _) ->
                        out.accept(
                                new AnswerEvent.Finished(
                                        new Answer(
                                                "No answer.",
                                                true,
                                                List.of(CITED),
                                                Answer.Engine.EXTRACTIVE,
                                                null,
                                                trace())));
        ask(an, id, "Who is the king?");
        readable.clear();
        List<Message> messages = conversations.open(an, id).orElseThrow().messages();
        assertThat(messages.get(1).withheld()).isTrue();
        assertThat(messages.get(1).text()).isEmpty();
        assertThat(messages.get(1).citations()).isEmpty();
        assertThat(messages.get(3).withheld()).isTrue();
        assertThat(messages.get(3).text()).isEqualTo("No answer.");
        assertThat(messages.get(3).citations()).isEmpty();
        answering =
                (ask, out, _) -> {
                    asked.add(ask);
                    out.accept(finished("x", CITED));
                };
        ask(an, id, "And now?");
        assertThat(asked.getLast().history())
                .containsExactly(new Turn("Who is the king?", "No answer."));
        readable.add(Samples.BASE);
        assertThat(conversations.open(an, id).orElseThrow().messages().get(1).text())
                .isEqualTo("21 days [1].");
    }

    @Test
    void anAnswerEndsWhenItsReaderLosesABase() throws InterruptedException {
        answering = PATIENT;
        UUID id = chat(an);
        List<AnswerEvent> events = Collections.synchronizedList(new ArrayList<>());
        Attachment reader =
                conversations.ask(an, id, "How much leave?", List.of(Samples.BASE), events::add);
        readable.clear();
        reader.await();
        assertThat(events.getLast()).isEqualTo(new AnswerEvent.Failed("error.rights-lost"));
        Message stored = conversations.open(an, id).orElseThrow().messages().getLast();
        assertThat(stored.state()).isEqualTo(Message.State.FAILED);
        assertThat(stored.text()).isEmpty();
    }

    @Test
    void aFollowUpKnowsTheEarlierTurnsButNotTheFailedOnes() throws InterruptedException {
        UUID id = chat(an);
        ask(an, id, "How much leave?");
        answering = (_, out, _) -> out.accept(new AnswerEvent.Failed("error.internal"));
        ask(an, id, "And in Japan?");
        answering =
                (ask, out, _) -> {
                    asked.add(ask);
                    out.accept(finished("x", CITED));
                };
        ask(an, id, "Who decides?");
        assertThat(asked.getLast().question()).isEqualTo("Who decides?");
        assertThat(asked.getLast().history())
                .containsExactly(new Turn("How much leave?", "21 days [1]."));
    }

    @Test
    void regeneratingPutsANewAnswerInThePlaceOfTheOld() throws InterruptedException {
        UUID id = chat(an);
        ask(an, id, "How much leave?");
        answering =
                (ask, out, _) -> {
                    asked.add(ask);
                    out.accept(finished("Three weeks [1].", CITED));
                };
        conversations.regenerate(an, id, _ -> {}).await();
        assertThat(asked.getLast())
                .extracting(Answering.Ask::question)
                .isEqualTo("How much leave?");
        assertThat(asked.getLast().history()).isEmpty();
        assertThat(conversations.open(an, id).orElseThrow().messages())
                .extracting(Message::text)
                .containsExactly("How much leave?", "Three weeks [1].");
    }

    @Test
    void aReaderOnAnotherNodeReadsAnAnswerFromItsFirstEventToItsLast() throws Exception {
        var mayEnd = new CountDownLatch(1);
        answering =
                (_, out, _) -> {
                    out.accept(new AnswerEvent.Stage("searching", 1));
                    out.accept(new AnswerEvent.Sources(List.of(CITED)));
                    out.accept(new AnswerEvent.Thinking("hm"));
                    out.accept(new AnswerEvent.Token("21 "));
                    out.accept(new AnswerEvent.Token("days"));
                    wait(mayEnd);
                    out.accept(finished("21 days [1].", CITED));
                };
        UUID id = chat(an);
        Attachment here = conversations.ask(an, id, "How much leave?", List.of(), _ -> {});
        Conversations other = newProcess();
        assertThat(other.list(an.id()).getFirst().running()).isTrue();
        var half = new CountDownLatch(1);
        List<AnswerEvent> events = Collections.synchronizedList(new ArrayList<>());

        Attachment there =
                other.attach(
                                an,
                                id,
                                event -> {
                                    events.add(event);
                                    if (event instanceof AnswerEvent.Token) {
                                        half.countDown();
                                    }
                                })
                        .orElseThrow();
        wait(half);
        mayEnd.countDown();
        here.await();
        there.await();

        assertThat(events)
                .containsExactly(
                        new AnswerEvent.Stage("searching", 1),
                        new AnswerEvent.Sources(List.of(CITED)),
                        new AnswerEvent.Thinking("hm"),
                        new AnswerEvent.Token("21 days"),
                        finished("21 days [1].", CITED));
        assertThat(other.list(an.id()).getFirst().running()).isFalse();
        assertThat(db.sql("select count(*) from running_answer").query(Long.class).single())
                .isZero();
        assertThat(db.sql("select count(*) from answer_event").query(Long.class).single()).isZero();
    }

    @Test
    void anAnswerThatNobodyReadsAnyMoreIsEndedAndKeptAsFarAsItCame() throws Exception {
        unread = Duration.ofMillis(500);
        conversations = newProcess();
        answering = PATIENT;
        UUID id = chat(an);
        Attachment page = conversations.ask(an, id, "How much leave?", List.of(), _ -> {});
        db.sql("update running_answer set read_at = now() - interval '1 hour'").update();
        // a page on another node is a reader too
        var said = new CountDownLatch(1);
        Attachment there = newProcess().attach(an, id, _ -> said.countDown()).orElseThrow();
        wait(said);
        assertThat(
                        db.sql(
                                        """
                                        select read_at > now() - interval '1 minute'
                                        from running_answer where conversation_id = :id
                                        """)
                                .param("id", id)
                                .query(Boolean.class)
                                .single())
                .isTrue();
        page.close();
        there.close();

        Message stored = conversations.open(an, id).orElseThrow().messages().getLast();
        for (int i = 0; i < 6000 && stored.state() == Message.State.RUNNING; i++) {
            Thread.sleep(10);
            stored = conversations.open(an, id).orElseThrow().messages().getLast();
        }
        assertThat(stored.state()).isEqualTo(Message.State.STOPPED);
        assertThat(stored.note()).isEqualTo("note.unread");
        assertThat(stored.text()).isEqualTo("21 ");
    }

    @Test
    void withTheLineCutAReaderOnAnotherNodeLooksByItself() throws Exception {
        answering = PATIENT;
        UUID id = chat(an);
        Attachment here = conversations.ask(an, id, "How much leave?", List.of(), _ -> {});
        Conversations deaf =
                node(
                        "deaf",
                        () -> {
                            throw new java.sql.SQLException("cut");
                        });
        List<AnswerEvent> events = Collections.synchronizedList(new ArrayList<>());
        Attachment there = deaf.attach(an, id, events::add).orElseThrow();
        conversations.stop(an.id(), id);
        here.await();
        there.await();
        assertThat(events.getLast()).isInstanceOf(AnswerEvent.Stopped.class);
    }

    @Test
    void anyNodeStopsAnAnswerAndNoneBeginsASecondOneInItsChat() throws Exception {
        answering = PATIENT;
        UUID id = chat(an);
        List<AnswerEvent> events = Collections.synchronizedList(new ArrayList<>());
        Attachment here = conversations.ask(an, id, "How much leave?", List.of(), events::add);
        Conversations other = newProcess();

        assertThatThrownBy(() -> other.ask(an, id, "And more?", List.of(), _ -> {}))
                .isInstanceOf(AnswerAlreadyRunning.class);
        assertThatThrownBy(() -> other.regenerate(an, id, _ -> {}))
                .isInstanceOf(AnswerAlreadyRunning.class);
        assertThat(other.open(an, id).orElseThrow().messages()).hasSize(2);
        assertThat(other.stop(bo.id(), id)).isFalse();
        assertThat(other.stop(an.id(), id)).isTrue();
        here.await();

        assertThat(events.getLast()).isInstanceOf(AnswerEvent.Stopped.class);
        assertThat(other.open(an, id).orElseThrow().messages().getLast().text()).isEqualTo("21 ");
        assertThat(other.stop(an.id(), id)).isFalse();
    }

    @Test
    void anAnswerWhoseNodeIsDeadIsEndedByAnyOtherAndKeepsWhatWasWritten() throws Exception {
        var frozen = new CountDownLatch(1);
        answering =
                (_, out, _) -> {
                    out.accept(new AnswerEvent.Sources(List.of(CITED)));
                    out.accept(new AnswerEvent.Token("21 days [1]"));
                    wait(frozen);
                    out.accept(finished("21 days [1].", CITED));
                };
        UUID id = chat(an);
        List<AnswerEvent> late = Collections.synchronizedList(new ArrayList<>());
        Attachment here = conversations.ask(an, id, "How much leave?", List.of(), late::add);
        Conversations other = newProcess();
        var half = new CountDownLatch(2);
        List<AnswerEvent> events = Collections.synchronizedList(new ArrayList<>());
        Attachment there =
                other.attach(
                                an,
                                id,
                                event -> {
                                    events.add(event);
                                    half.countDown();
                                })
                        .orElseThrow();
        wait(half);
        // as if its process had not renewed the lease
        db.sql("update running_answer set node = 'dead', lease_until = now() - interval '1 second'")
                .update();
        assertThat(other.list(an.id()).getFirst().running()).isFalse();
        there.await();

        assertThat(events.getLast()).isEqualTo(new AnswerEvent.Failed("error.interrupted"));
        Message stored = other.open(an, id).orElseThrow().messages().getLast();
        assertThat(stored.state()).isEqualTo(Message.State.FAILED);
        assertThat(stored.note()).isEqualTo("error.interrupted");
        assertThat(stored.text()).isEqualTo("21 days [1]");
        assertThat(stored.citations()).containsExactly(CITED);

        // the frozen process goes on, and changes nothing any more
        frozen.countDown();
        here.await();
        assertThat(late.getLast()).isEqualTo(new AnswerEvent.Failed("error.interrupted"));
        assertThat(other.open(an, id).orElseThrow().messages().getLast()).isEqualTo(stored);
    }

    @Test
    void aProcessOfTheSameNameEndsWhatTheOneBeforeItDidNot() throws InterruptedException {
        answering = PATIENT;
        UUID id = chat(an);
        Conversations first = node("one");
        Attachment reader = first.ask(an, id, "How much leave?", List.of(), _ -> {});
        Message stored = node("one").open(an, id).orElseThrow().messages().getLast();
        assertThat(stored.state()).isEqualTo(Message.State.FAILED);
        assertThat(stored.note()).isEqualTo("error.interrupted");
        reader.await();
    }

    @Test
    void aPipelineThatBreaksOffFailsTheAnswerOnce() throws InterruptedException {
        answering =
                (_, out, _) -> {
                    out.accept(new AnswerEvent.Token("21"));
                    throw new IllegalStateException("broken");
                };
        UUID id = chat(an);
        assertThat(ask(an, id, "How much leave?"))
                .containsExactly(
                        new AnswerEvent.Token("21"), new AnswerEvent.Failed("error.internal"));
        Message stored = conversations.open(an, id).orElseThrow().messages().getLast();
        assertThat(stored.state()).isEqualTo(Message.State.FAILED);
        assertThat(stored.text()).isEqualTo("21");
    }

    @Test
    void aChatDeletedWhileItAnswersIsGone() throws InterruptedException {
        answering = PATIENT;
        UUID id = chat(an);
        Attachment reader = conversations.ask(an, id, "How much leave?", List.of(), _ -> {});
        assertThat(conversations.delete(an, id)).isTrue();
        reader.await();
        assertThat(conversations.open(an, id)).isEmpty();
        assertThat(conversations.list(an.id())).isEmpty();
    }

    @Test
    void anEndingNodeLetsAnAnswerFinishForAWhileThenBreaksItOffAndKeepsWhatWasWritten()
            throws InterruptedException {
        answering = PATIENT;
        UUID id = chat(an);
        List<AnswerEvent> events = Collections.synchronizedList(new ArrayList<>());
        Attachment reader = conversations.ask(an, id, "How much leave?", List.of(), events::add);
        writing.get(conversations).end();
        reader.await();
        assertThat(events.getLast()).isEqualTo(new AnswerEvent.Failed("error.restarting"));
        Message stored = newProcess().open(an, id).orElseThrow().messages().getLast();
        assertThat(stored.state()).isEqualTo(Message.State.FAILED);
        assertThat(stored.note()).isEqualTo("error.restarting");
        assertThat(stored.text()).isEqualTo("21 ");
    }

    @Test
    void aTitleIsOneLineAndNotTooLong() throws InterruptedException {
        UUID id = chat(an);
        ask(an, id, "How much\n leave " + "does one get ".repeat(20));
        assertThat(conversations.list(an.id()).getFirst().title())
                .startsWith("How much leave does one")
                .endsWith("…")
                .hasSizeLessThanOrEqualTo(60);
        assertThat(conversations.rename(an.id(), id, "  Leave  ")).isTrue();
        assertThat(conversations.rename(an.id(), id, " ")).isFalse();
        assertThat(conversations.list(an.id()).getFirst().title()).isEqualTo("Leave");
    }

    @Test
    void anEmptyQuestionIsNotStored() {
        UUID id = chat(an);
        assertThatThrownBy(() -> conversations.ask(an, id, " ", List.of(), _ -> {}))
                .isInstanceOf(UnusableQuestion.class);
        assertThat(conversations.open(an, id).orElseThrow().messages()).isEmpty();
    }

    /// Writes a word and waits to be stopped.
    private static final Answering PATIENT =
            (_, out, stop) -> {
                out.accept(new AnswerEvent.Token("21 "));
                while (!stop.getAsBoolean()) {
                    nap();
                }
                out.accept(
                        new AnswerEvent.Stopped(
                                new Answer(
                                        "21 ",
                                        false,
                                        List.of(),
                                        Answer.Engine.LLM,
                                        null,
                                        trace())));
            };

    private UUID chat(Principal.User user) {
        return conversations.create(user.id(), List.of()).id();
    }

    private List<AnswerEvent> ask(Principal.User user, UUID id, String question)
            throws InterruptedException {
        List<AnswerEvent> events = Collections.synchronizedList(new ArrayList<>());
        conversations.ask(user, id, question, List.of(), events::add).await();
        return events;
    }

    private final Map<Conversations, ChatAnswers> writing = new ConcurrentHashMap<>();

    private Conversations newProcess() {
        return node("node-" + UUID.randomUUID());
    }

    /// Another node on the same database.
    private Conversations node(String name) {
        return node(name, source::getConnection);
    }

    private Conversations node(String name, Notifications.Line line) {
        var node = new Node(name, NodeRole.BOTH, false);
        var leases = new AnswerLeases(db, node);
        var transactions = new JdbcTransactionManager(source);
        var messages = new MessageStore(db);
        var answers = new AnswerStore(db, transactions, messages, leases);
        var words = Notifications.start(line);
        lines.add(words);
        var access = new OneBase();
        var running =
                new ChatAnswers(
                        answers,
                        access,
                        (Answering.Ask ask, Consumer<AnswerEvent> out, BooleanSupplier stop) ->
                                answering.answer(ask, out, stop),
                        new LastingNotes(db, new TransactionTemplate(transactions)),
                        new AnswersElsewhere(
                                answers, leases, node, words, new ChatSettings(unread)),
                        words,
                        new Ending(new NodeSettings("", NodeRole.BOTH, Duration.ofMillis(300))));
        running.afterSingletonsInstantiated();
        var chats =
                new Conversations(
                        new ConversationStore(db, transactions, messages, answers, leases),
                        messages,
                        answers,
                        running,
                        new Branches(db, transactions, answers, leases),
                        new ChatActs(new Audit(db), new TransactionTemplate(transactions)),
                        access,
                        new Questions(() -> new QuestionSettings(4000), FollowUps.NONE));
        writing.put(chats, running);
        return chats;
    }

    private static AnswerEvent.Finished finished(String text, Citation citation) {
        return new AnswerEvent.Finished(
                new Answer(text, false, List.of(citation), Answer.Engine.LLM, null, TRACE));
    }

    private static final UUID TRACE = UUID.fromString("00000000-0000-0000-0000-0000000000aa");

    private static UUID trace() {
        db.sql(
                        "insert into answer_trace (id, question, trace) values (?, '', '{}') on conflict do nothing")
                .param(TRACE)
                .update();
        return TRACE;
    }

    @BeforeEach
    void aTraceIsStored() {
        trace();
    }

    private static String text(List<AnswerEvent> events) {
        var text = new StringBuilder();
        for (AnswerEvent event : List.copyOf(events)) {
            if (event instanceof AnswerEvent.Token(String piece)) {
                text.append(piece);
            }
        }
        return text.toString();
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void nap() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Everybody may read what is in `readable`.
    private final class OneBase implements Access {
        @Override
        public Scope everythingFor(Principal principal, Right right) {
            return Scopes.of(readable.toArray(KnowledgeBaseId[]::new));
        }

        @Override
        public Set<DocumentId> readable(Scope scope, Collection<DocumentId> documents) {
            return Set.of();
        }

        @Override
        public Scope withAttached(Scope scope, Principal.User user, UUID chat) {
            return scope;
        }

        @Override
        public Scope readableBy(Principal principal) {
            return everythingFor(principal);
        }

        @Override
        public Map<KnowledgeBaseId, Set<DocumentId>> inside(Scope scope, Choice choice) {
            return Map.of();
        }

        @Override
        public Set<KnowledgeBaseId> basesOf(UUID assistant) {
            return Set.of();
        }

        @Override
        public Set<Right> rights(Principal principal, KnowledgeBaseId base) {
            return readable.contains(base) ? BaseRole.READER.rights() : Set.of();
        }
    }
}
