package io.podlab.token;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Returns the problem of a refused request. */
public final class Problems {
  private Problems() {}

  public static Problem refused(ThrowingCallable request) {
    return catchThrowableOfType(ProblemException.class, request).problem();
  }
}
