package io.podlab.kit.http;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** An answer with a form for people at a terminal. A client that prefers JSON gets the record. */
public interface PlainText {
  /** The complete body, with a newline at its end. */
  @JsonIgnore
  String plainText();
}
