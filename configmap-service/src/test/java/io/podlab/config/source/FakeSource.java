package io.podlab.config.source;

/** A source with a name and nothing else. */
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
