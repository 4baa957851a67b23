package io.podlab.token.bootstrap;

/** A token with this ID exists already. The message is kubeadm's. */
public final class TokenExistsException extends RuntimeException {
  public TokenExistsException(String id) {
    super("a token with id \"" + id + "\" already exists");
  }
}
