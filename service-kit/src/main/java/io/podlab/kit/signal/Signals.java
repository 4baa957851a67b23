package io.podlab.kit.signal;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;

/**
 * Listens for signals. Java has no other interface for it than {@code sun.misc.Signal}, which is
 * supported (JEP 260, module jdk.unsupported), but about which the compiler warns in a way that
 * cannot be turned off; so it is called by name.
 */
public final class Signals {
  private static final int SIGNALED = 128;

  private Signals() {}

  /**
   * From now on SIGTERM and SIGINT do this, and not what the JVM would do.
   *
   * @param handler is called on a thread of its own for each signal that comes, with {@code
   *     SIGTERM} or {@code SIGINT}, and with the exit code that shells and kubelets expect of a
   *     process which it ends: 143 or 130
   */
  public static void onStop(ObjIntConsumer<String> handler) {
    for (String name : new String[] {"TERM", "INT"}) {
      handle(name, number -> handler.accept("SIG" + name, SIGNALED + number));
    }
  }

  /**
   * From now on the signal does this, and not what the JVM would do.
   *
   * @param name without SIG, for example {@code TERM}
   * @param handler is called on a thread of its own for each signal that comes, with its number
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
      throw new IllegalStateException("this JVM knows no SIG" + name, noSignals);
    }
  }
}
