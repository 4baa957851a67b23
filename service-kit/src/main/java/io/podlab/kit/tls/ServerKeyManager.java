package io.podlab.kit.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Takes the certificate of each TLS handshake from a supplier. */
final class ServerKeyManager extends X509ExtendedKeyManager {
  private static final String ALIAS = "server";

  private final Supplier<Identity> identity;

  /**
   * The JDK asks for the alias, the key and the chain in this order, on one thread. They must be of
   * one certificate, even if it is renewed in between.
   */
  private final ThreadLocal<Identity> chosen = new ThreadLocal<>();

  ServerKeyManager(Supplier<Identity> identity) {
    this.identity = identity;
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    Identity latest = identity.get();
    chosen.set(latest);
    return latest.key().getAlgorithm().equals(keyType) ? ALIAS : null;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return current().chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return current().key();
  }

  /** Outside a handshake, the latest one. */
  private Identity current() {
    return Objects.requireNonNullElseGet(chosen.get(), identity);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return null;
  }
}
