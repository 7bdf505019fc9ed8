package io.zhiwen.ingest.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Finding.Kind;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.UnreadableDocument;
import java.util.List;
import org.junit.jupiter.api.Test;

class SensitiveTests {

    private static ParsedDocument document(String... paragraphs) {
        List<Block> blocks =
                java.util.Arrays.stream(paragraphs)
                        .map(text -> Block.paragraph(text, null))
                        .toList();
        return new ParsedDocument("text/plain", false, null, null, blocks);
    }

    private static List<String> found(String text) {
        return Cleaner.clean(document(text)).findings().stream()
                .map(finding -> finding.kind() + " " + finding.amount())
                .toList();
    }

    @Test
    void cardsCountOnlyWithTheirCheckDigit() {
        assertThat(found("身份证号11010519491231002X，张三")).containsExactly("ID_CARDS 1");
        assertThat(found("编号110105194912310021")).isEmpty();
        assertThat(found("卡号 6222 0200 0000 0000 001")).isEmpty();
        assertThat(found("card 4111 1111 1111 1111, order 4111111111111112"))
                .containsExactly("BANK_CARDS 1");
    }

    @Test
    void telephonesAddressesAndSecretsAreCounted() {
        assertThat(found("电话13800138000或+86 139-1234-5678")).containsExactly("PHONE_NUMBERS 2");
        assertThat(found("座机010-62345678、(0571) 8765432")).containsExactly("PHONE_NUMBERS 2");
        assertThat(found("Write to ann.lee@example.com or bo@mail.example.org."))
                .containsExactly("EMAIL_ADDRESSES 2");
        assertThat(found("password: s3cret-word, 密码：Abc12345")).containsExactly("SECRETS 2");
        assertThat(found("The key AKIAIOSFODNN7EXAMPLE is used.")).containsExactly("SECRETS 1");
        assertThat(found("Total 4,755,785.11, version 3.2.1, ISBN 9787111213826, 2018-04-27"))
                .isEmpty();
        assertThat(found("密码：至少六位，password: required")).isEmpty();
    }

    @Test
    void masksKeepTheLengthOfTheTextAndTheEndsOfNumbers() throws UnreadableDocument {
        var clean =
                Cleaner.clean(
                        document("张三 11010519491231002X 电话13800138000", "密码：Abc12345"),
                        SensitiveData.MASK);

        assertThat(clean.text()).isEqualTo("张三 110************02X 电话13*******00\n\n***********");
        assertThat(clean.findings()).contains(Finding.ofDocument(Kind.MASKED, 3));
    }

    @Test
    void cellsOfTablesAreMaskedToo() throws UnreadableDocument {
        Block table =
                Block.table(
                        List.of(List.of("name", "phone"), List.of("Ann", "13800138000")),
                        1,
                        null,
                        "staff");
        var parsed = new ParsedDocument("text/csv", false, null, null, List.of(table));

        var masked = Cleaner.clean(parsed, SensitiveData.MASK).blocks().getFirst();

        assertThat(masked.rows().getLast()).containsExactly("Ann", "13*******00");
        assertThat(masked.text()).doesNotContain("13800138000");
        assertThat(masked.sheet()).isEqualTo("staff");
    }

    @Test
    void aBaseThatRefusesTakesNoCardsButTakesAddresses() throws UnreadableDocument {
        var letter = document("Write to ann.lee@example.com");
        assertThat(Cleaner.clean(letter, SensitiveData.REFUSE).text()).contains("ann.lee@");

        assertThatThrownBy(
                        () ->
                                Cleaner.clean(
                                        document("身份证 11010519491231002X"), SensitiveData.REFUSE))
                .isInstanceOfSatisfying(
                        UnreadableDocument.class,
                        e ->
                                assertThat(e.reason())
                                        .isEqualTo(UnreadableDocument.Reason.SENSITIVE_DATA));
    }
}
