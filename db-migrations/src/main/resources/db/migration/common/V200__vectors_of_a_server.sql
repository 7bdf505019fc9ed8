-- A base may be searched with the vectors that a model of an embedding server gives, instead of those of the bundled
-- encoders.
alter table embedding_space
    -- what the server's model makes of a few known texts, float32 as in chunk_vector, one vector behind another: by
    -- it the model is recognised and its cosines are read; null for a bundled encoder
    add column probe bytea;
alter table knowledge_base
    -- null: in the space of each passage's language
    add column space_id smallint references embedding_space (id);
