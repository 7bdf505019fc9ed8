package io.zhiwen.account;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The company's own sign-in, by OpenID Connect.
///
/// @param issuer its address, from which the rest is found; empty for none
/// @param clientId as it knows Zhiwen
/// @param clientSecret what goes with it
/// @param scopes to ask for
/// @param label on the button; empty for a general word
/// @param nameClaim that holds the name people go by here
/// @param groupsClaim that holds their groups; dots lead inside, as in `realm_access.roles`
/// @param groupNames what a group is called here where the claim says it otherwise, as `claim=name`
/// @param adminGroup whose people are admins, as the claim says it; empty where that is decided
/// here
@ConfigurationProperties("zhiwen.oidc")
public record OidcSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue({"openid", "profile", "email"}) List<String> scopes,
        @DefaultValue("") String label,
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue List<String> groupNames,
        @DefaultValue("") String adminGroup) {

    public OidcSettings {
        scopes = List.copyOf(scopes);
        groupNames = List.copyOf(groupNames);
        if (!issuer.isEmpty() && clientId.isEmpty()) {
            throw new IllegalArgumentException("zhiwen.oidc.issuer needs zhiwen.oidc.client-id");
        }
    }

    /// What a group of the claim is called here.
    String named(String claimed) {
        return groupNames.stream()
                .filter(pair -> pair.startsWith(claimed + "="))
                .findFirst()
                .map(pair -> pair.substring(claimed.length() + 1).strip())
                .orElse(claimed);
    }

    public boolean isUsed() {
        return !issuer.isEmpty();
    }

    /// The secret stays out of logs.
    @Override
    public String toString() {
        return "OidcSettings[issuer=" + issuer + ", clientId=" + clientId + "]";
    }
}
