package io.zhiwen.library;

import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.InputStream;
import org.springframework.stereotype.Component;

@Component
@SuppressWarnings("DoNotCallSuggester")
final class Uploads {

    DocumentRow upload(Principal p, KnowledgeBaseId b, String n, InputStream i) {
        throw new UnsupportedOperationException();
    }

    DocumentRow replace(Principal p, DocumentId d, String n, InputStream i) {
        throw new UnsupportedOperationException();
    }
}
