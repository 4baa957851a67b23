package io.podlab.probe.lifecycle;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Which signal has ended the process: the JVM's own handlers do not tell. {@code sun.misc.Signal}
 * is the only way to know, and called by reflection, because the compiler warns of it and cannot be
 * told not to.
 */
public final class Signals {
  private static final AtomicReference<String> FIRST = new AtomicReference<>();
  private static volatile Consumer<String> listener = name -> {};

  private Signals() {}

  /** Before the program starts. The JVM's own handlers are called after ours. */
  public static void listen() {
    listen("TERM");
    listen("INT");
  }

  private static void listen(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = handler.getMethod("handle", signal);
      Object[] before = new Object[1];
      Object ours =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (!method.equals(handle)) {
                  return method.invoke(before, arguments);
                }
                if (FIRST.compareAndSet(null, "SIG" + name)) {
                  listener.accept("SIG" + name);
                }
                return handle.invoke(before[0], arguments);
              });
      before[0] =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    } catch (ReflectiveOperationException notHere) {
      // Such as under java -Xrs: then the end is told without the signal's name.
      return;
    }
  }

  static void onFirst(Consumer<String> callback) {
    listener = callback;
  }

  /** {@code SIGTERM} or {@code SIGINT}, if one has come. */
  static Optional<String> first() {
    return Optional.ofNullable(FIRST.get());
  }
}
