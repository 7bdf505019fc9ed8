package io.zhiwen.ingest.index.lucene;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/// A graph over vectors of 7 bits a dimension, full precision beside it for the final score, with
/// as many dimensions as models of embedding servers have: Lucene itself stops at 1,024. What is
/// written is Lucene's own format and is read as such.
final class WideVectors extends KnnVectorsFormat {

    private static final int MOST_DIMENSIONS = 4_096;
    private static final int CONNECTIONS = 16;
    private static final int BEAM_WIDTH = 100;

    private final KnnVectorsFormat format =
            new Lucene104HnswScalarQuantizedVectorsFormat(
                    ScalarEncoding.SEVEN_BIT, CONNECTIONS, BEAM_WIDTH);

    WideVectors() {
        super(Lucene104HnswScalarQuantizedVectorsFormat.NAME);
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return format.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return format.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
        return MOST_DIMENSIONS;
    }
}
