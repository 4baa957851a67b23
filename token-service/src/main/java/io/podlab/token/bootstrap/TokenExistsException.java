package io.podlab.token.bootstrap;

/** There is a token with this id. */
public final class TokenExistsException extends RuntimeException {
  public TokenExistsException(String id) {
    super("a token with id \"" + id + "\" already exists");
  }
}
