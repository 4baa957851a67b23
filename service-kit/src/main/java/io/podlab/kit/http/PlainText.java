package io.podlab.kit.http;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** An answer that a person at a terminal can read; a client that asks for JSON gets the record. */
public interface PlainText {
  /** The whole body, its last newline included. */
  @JsonIgnore
  String plainText();
}
