package io.podlab.demo.faults;

/** Keeps processor cores busy. */
final class Burner implements AutoCloseable {
  private final int cores;
  private volatile boolean closed;

  /**
   * @param cores number of threads; the machine or the container's limit can provide fewer cores
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
