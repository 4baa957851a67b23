package io.podlab.config.delivery;

import io.vertx.core.buffer.Buffer;

/** The bytes of an answer, shared by all clients that get it. Bodies are compared by identity. */
public final class Body {
  private final Buffer bytes;

  Body(Buffer bytes) {
    this.bytes = bytes;
  }

  Buffer bytes() {
    return bytes;
  }

  int length() {
    return bytes.length();
  }
}
