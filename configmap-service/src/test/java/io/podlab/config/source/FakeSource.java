package io.podlab.config.source;

/** One of which only the name matters: nobody looks at it. */
public record FakeSource(SourceName name) implements Source {
  @Override
  public String origin() {
    return "here";
  }

  @Override
  public String reloads() {
    return "as told";
  }

  @Override
  public boolean watching() {
    return true;
  }

  @Override
  public ReadResult look() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ReadResult read() {
    throw new UnsupportedOperationException();
  }
}
