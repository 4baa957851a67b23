package io.podlab.demo.output;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** The metric for lines that {@link StandardOutput} dropped. */
@Singleton
final class DroppedLines implements MeterBinder {
  @Override
  public void bindTo(MeterRegistry meters) {
    FunctionCounter.builder("lab.demo.log.dropped.lines", this, lines -> StandardOutput.dropped())
        .description("Number of log lines dropped because standard output was not read")
        .register(meters);
  }
}
