package io.zhiwen.system;

import io.zhiwen.account.OidcSettings;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;

/// Where the company's OpenID provider has its doors, asked of it when the first person comes:
/// Zhiwen starts also while it is away. Safe for concurrent use.
final class CompanyDirectory implements ClientRegistrationRepository {

    /// In paths.
    static final String NAME = "company";

    private final OidcSettings settings;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable ClientRegistration known;

    CompanyDirectory(OidcSettings settings) {
        this.settings = settings;
    }

    /// @throws RuntimeException of several kinds when it cannot be asked
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String name) {
        return name.equals(NAME) ? known() : null;
    }

    private ClientRegistration known() {
        var found = known;
        if (found != null) {
            return found;
        }
        asking.lock();
        try {
            found = known;
            if (found == null) {
                found = ask();
                known = found;
            }
            return found;
        } finally {
            asking.unlock();
        }
    }

    /// Where people sign in there and where codes are redeemed, asked anew.
    ///
    /// @throws RuntimeException of several kinds when its metadata does not come or is not its own
    String doors() {
        var provider = ask().getProviderDetails();
        return provider.getAuthorizationUri() + ", " + provider.getTokenUri();
    }

    private ClientRegistration ask() {
        return ClientRegistrations.fromIssuerLocation(settings.issuer())
                .registrationId(NAME)
                .clientId(settings.clientId())
                .clientSecret(settings.clientSecret())
                .scope(settings.scopes())
                .redirectUri("{baseUrl}" + CompanySignIn.BACK)
                .build();
    }
}
