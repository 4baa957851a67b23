package io.podlab.token.access;

import io.podlab.kit.text.Printable;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.TokenBackend;
import io.podlab.token.bootstrap.TokenExistsException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** A backend with a record: a log line for each create and each delete, and how it went. */
public final class AuditedTokens implements TokenBackend {
  private static final Logger LOG = Logger.getLogger("io.podlab.token.audit");

  private final TokenBackend backend;
  private final Supplier<String> user;

  AuditedTokens(TokenBackend backend, Supplier<String> user) {
    this.backend = backend;
    this.user = user;
  }

  @Override
  public void create(BootstrapToken token) {
    try {
      backend.create(token);
      record("create", token, "created");
    } catch (TokenExistsException exists) {
      record("create", token, "exists");
      throw exists;
    } catch (BackendUnavailableException away) {
      // It may have been made all the same: the answer got lost.
      record("create", token, "unavailable");
      throw away;
    } catch (RuntimeException failure) {
      record("create", token, "failed");
      throw failure;
    }
  }

  @Override
  public boolean delete(BootstrapToken token) {
    try {
      boolean deleted = backend.delete(token);
      record("delete", token, deleted ? "deleted" : "not found");
      return deleted;
    } catch (BackendUnavailableException away) {
      record("delete", token, "unavailable");
      throw away;
    } catch (RuntimeException failure) {
      record("delete", token, "failed");
      throw failure;
    }
  }

  private void record(String operation, BootstrapToken token, String result) {
    LOG.infof(
        "%s of token %s by %s: %s; ttl %s, groups %s",
        operation,
        token.id(),
        Printable.quoted(user.get()),
        result,
        token.expires().map(expires -> "until " + expires).orElse("unlimited"),
        Printable.quoted(String.join(",", token.groups())));
  }

  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public List<BootstrapToken> list() {
    return backend.list();
  }

  @Override
  public Optional<BootstrapToken> find(String id) {
    return backend.find(id);
  }

  @Override
  public ClusterInfo clusterInfo() {
    return backend.clusterInfo();
  }

  @Override
  public boolean isReady() {
    return backend.isReady();
  }

  @Override
  public void onExpiry(Consumer<BootstrapToken> listener) {
    backend.onExpiry(listener);
  }

  @Override
  public int createsPerSecond() {
    return backend.createsPerSecond();
  }
}
