package io.podlab.demo.faults;

/** Keeps processors busy with nothing. */
final class Burner implements AutoCloseable {
  private final int cores;
  private volatile boolean closed;

  /**
   * @param cores one thread each; the machine, or the container's limit, may have fewer
   */
  Burner(int cores) {
    this.cores = cores;
  }

  void start() {
    for (int number = 1; number <= cores; number++) {
      Thread thread = new Thread(this::burn, "burn " + number);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void burn() {
    while (!closed) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
