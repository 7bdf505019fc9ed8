package io.zhiwen.api;

import io.zhiwen.account.Access;
import io.zhiwen.account.Choice;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.assistant.Assistants;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.KnowledgeBase;
import io.zhiwen.library.Library;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// The bases a key may read and the assistants it may use as models: each goes by its name and by
/// its id, and `zhiwen` is all bases together.
@Component
class BaseModels {

    static final String ALL = "zhiwen";

    /// Before the name or id of an assistant.
    private static final String ASSISTANT = "assistant:";

    /// Of a path, which some servers refuse or read otherwise.
    private static final String UNSAFE = "/\\;%";

    /// @param id what a client asks for: the name; the id where names are ambiguous
    /// @param name for people
    /// @param base null for all of them and for an assistant
    /// @param assistant null for bases
    record BaseModel(
            String id,
            String name,
            Instant created,
            @Nullable KnowledgeBaseId base,
            @Nullable UUID assistant) {

        private boolean isOf(String id) {
            return (base != null && base.toString().equals(id))
                    || (assistant != null && id.equals(ASSISTANT + assistant));
        }
    }

    private final Library library;
    private final Assistants assistants;
    private final Access access;

    BaseModels(Library library, Assistants assistants, Access access) {
        this.library = library;
        this.assistants = assistants;
        this.access = access;
    }

    /// All bases together, then one by one, then the assistants.
    List<BaseModel> of(Principal.Key key) {
        var bases = library.bases(access.everythingFor(key, Right.ASK));
        List<BaseModel> models = new ArrayList<>();
        models.add(new BaseModel(ALL, ALL, Instant.EPOCH, null, null));
        for (var base : bases) {
            models.add(
                    new BaseModel(
                            isClear(base, bases) ? base.name() : base.id().toString(),
                            base.name(),
                            base.createdAt(),
                            base.id(),
                            null));
        }
        for (var assistant : assistants.usable(key)) {
            var name = assistant.name();
            models.add(
                    new BaseModel(
                            ASSISTANT + (isSafe(name) ? name : assistant.id()),
                            name,
                            assistant.createdAt(),
                            null,
                            assistant.id()));
        }
        return models;
    }

    /// @param name a model's id, or the id of a base
    /// @throws Refused when the key may read no such base, or there is none
    BaseModel named(Principal.Key key, String name) {
        var models = of(key);
        return models.stream()
                .filter(model -> model.id().equals(name))
                .findFirst()
                .or(() -> models.stream().filter(model -> model.isOf(name)).findFirst())
                .orElseThrow(
                        () ->
                                new Refused(
                                        HttpStatus.NOT_FOUND,
                                        "model-not-found",
                                        "The model `"
                                                + name
                                                + "` does not exist or this key may not use it.",
                                        "model"));
    }

    /// What an answer of this model may search.
    ///
    /// @param parts folders and documents of its bases; all of them when there are none
    Scope scope(Principal.Key key, BaseModel model, Choice parts) {
        var base = model.base();
        if (model.assistant() != null) {
            return access.chosenBy(key, Right.ASK, parts.through(model.assistant()));
        }
        if (parts.isOfBases()) {
            return access.chosenBy(key, Right.ASK, base == null ? Set.of() : Set.of(base));
        }
        var scope = access.chosenBy(key, Right.ASK, parts);
        if (base != null && !scope.bases().equals(Set.of(base))) {
            throw new NotThere("folder or document in this model");
        }
        return scope;
    }

    private static boolean isSafe(String name) {
        return name.chars().noneMatch(c -> UNSAFE.indexOf(c) >= 0);
    }

    private static boolean isClear(KnowledgeBase base, List<KnowledgeBase> bases) {
        var name = base.name();
        return !name.equals(ALL)
                && !name.startsWith(ASSISTANT)
                && isSafe(name)
                && bases.stream().filter(other -> other.name().equals(name)).count() == 1;
    }
}
