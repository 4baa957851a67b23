package io.podlab.kit.signal;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;

/**
 * Handles signals. Java's only API for this is {@code sun.misc.Signal}, which is supported (JEP
 * 260, module jdk.unsupported). The compiler warns about it, and the warning cannot be disabled, so
 * this class uses reflection.
 */
public final class Signals {
  private static final int SIGNALED = 128;

  private Signals() {}

  /**
   * Replaces the JVM's handlers for SIGTERM and SIGINT.
   *
   * @param handler runs on its own thread for each signal. Its arguments are {@code SIGTERM} or
   *     {@code SIGINT}, and the usual exit code for that signal: 143 or 130
   */
  public static void onStop(ObjIntConsumer<String> handler) {
    for (String name : new String[] {"TERM", "INT"}) {
      handle(name, number -> handler.accept("SIG" + name, SIGNALED + number));
    }
  }

  /**
   * Replaces the JVM's handler for a signal.
   *
   * @param name without SIG, for example {@code TERM}
   * @param handler runs on its own thread for each signal, with the signal number
   */
  public static void handle(String name, IntConsumer handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Method number = signal.getMethod("getNumber");
      Object adapter =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      handler.accept((int) number.invoke(arguments[0]));
                      yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "handler of SIG" + name;
                  });
      signal
          .getMethod("handle", signal, handlerType)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), adapter);
    } catch (ReflectiveOperationException noSignals) {
      throw new IllegalStateException("this JVM does not support SIG" + name, noSignals);
    }
  }
}
