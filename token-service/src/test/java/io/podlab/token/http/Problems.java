package io.podlab.token.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refused request would be told. */
public final class Problems {
  private Problems() {}

  public static Problem refused(ThrowingCallable request) {
    return catchThrowableOfType(ProblemException.class, request).problem();
  }
}
