package io.lynkr.provider;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whose certificates backends may have: the well-known authorities, and an operator's own. */
public final class UpstreamTrust {
    public static final Setting<Optional<Path>> UPSTREAM_CA_FILE =
            Setting.path(
                    "UPSTREAM_CA_FILE",
                    "Certificates (PEM) of authorities to trust besides the well-known ones, such"
                            + " as that of a company's inspecting proxy.");

    /** The well-known authorities only. */
    public static final UpstreamTrust USUAL = new UpstreamTrust(Optional.empty());

    private final Optional<TrustManagerFactory> extended;

    private UpstreamTrust(Optional<TrustManagerFactory> extended) {
        this.extended = extended;
    }

    /** Reads and checks; problems are left in the settings. */
    public static UpstreamTrust from(Settings settings) {
        var file = settings.get(UPSTREAM_CA_FILE);
        if (file.isEmpty()) {
            return USUAL;
        }
        try {
            return new UpstreamTrust(Optional.of(trusting(certificates(file.get()))));
        } catch (IOException unreadable) {
            problem(settings, file.get(), "cannot be read");
        } catch (GeneralSecurityException noCertificate) {
            problem(settings, file.get(), "holds no certificate");
        }
        return USUAL;
    }

    private static void problem(Settings settings, Path file, String what) {
        settings.problem(
                UPSTREAM_CA_FILE,
                "the file '" + file + "' " + what,
                "Point it at a readable file with certificates in PEM form (BEGIN CERTIFICATE)");
    }

    private static List<Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream text = Files.newInputStream(file)) {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(text);
            if (found.isEmpty()) {
                throw new GeneralSecurityException("empty");
            }
            return List.copyOf(found);
        }
    }

    private static TrustManagerFactory trusting(List<Certificate> more)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (X509Certificate known : wellKnown().getAcceptedIssuers()) {
            store.setCertificateEntry("known-" + number++, known);
        }
        for (var own : more) {
            store.setCertificateEntry("own-" + number++, own);
        }
        return factory(store);
    }

    private static X509TrustManager wellKnown() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static TrustManagerFactory factory(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    /** What the HTTP client needs; empty if the well-known authorities are all. */
    Optional<TrustManagerFactory> factory() {
        return extended;
    }

    /** The same trust for a plain TLS connection. */
    public SSLContext context() throws GeneralSecurityException {
        if (extended.isEmpty()) {
            return SSLContext.getDefault();
        }
        var context = SSLContext.getInstance("TLS");
        context.init(null, extended.get().getTrustManagers(), null);
        return context;
    }
}
