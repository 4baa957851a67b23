import static java.lang.classfile.ClassFile.ConstantPoolSharingOption.NEW_POOL;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes the jar that Quarkus generates equal in each build: {@code java StableBytecode.java JAR}.
 *
 * <p>Two orders vary in Quarkus 3.33, and this program replaces them with the order of the names:
 *
 * <ul>
 *   <li>Build steps run in parallel, and number the keys of recorded values ({@code proxykey85})
 *       with one counter (https://github.com/quarkusio/quarkus/pull/53025).
 *   <li>A hash set holds the configuration mappings of the application. {@code SharedConfig} stores
 *       them in fields ({@code configClass$3}), and three classes register them.
 * </ul>
 */
class StableBytecode {
  private static final Pattern KEY = Pattern.compile("proxykey\\d+");
  private static final String GENERATED = "io/quarkus/runtime/generated/";

  /** A jar knows no time zone, and nothing before 1980. */
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  /** The old names of the fields and, after them, of the keys, with their new names. */
  private final Map<String, String> names = new HashMap<>();

  public static void main(String... jar) throws IOException {
    new StableBytecode().rewrite(Path.of(jar[0]));
  }

  private void rewrite(Path jar) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (ZipFile file = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        content.put(entry.getName(), file.getInputStream(entry).readAllBytes());
      }
    }
    content.computeIfPresent(
        GENERATED + "SharedConfig.class", (name, bytes) -> changed(bytes, this::sortDefinitions));
    content.replaceAll(
        (name, bytes) -> {
          if (!name.endsWith(".class")) {
            return bytes;
          }
          if (name.startsWith(GENERATED)) {
            return changed(bytes, this::sortRegistrations);
          }
          return hasKeys(bytes) ? changed(bytes, this::renumberKeys) : bytes;
        });
    try (ZipOutputStream file = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> entry : content.entrySet()) {
        ZipEntry written = new ZipEntry(entry.getKey());
        written.setTimeLocal(TIME);
        file.putNextEntry(written);
        file.write(entry.getValue());
      }
    }
  }

  /** With a new constant pool, because its order depends on the order of the code. */
  private static byte[] changed(byte[] original, UnaryOperator<List<CodeElement>> change) {
    ClassFile classFile = ClassFile.of(NEW_POOL);
    return classFile.transformClass(
        classFile.parse(original),
        ClassTransform.transformingMethodBodies(
            CodeTransform.ofStateful(() -> new WholeBody(change))));
  }

  private record WholeBody(UnaryOperator<List<CodeElement>> change, List<CodeElement> body)
      implements CodeTransform {
    WholeBody(UnaryOperator<List<CodeElement>> change) {
      this(change, new ArrayList<>());
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      body.add(element);
    }

    @Override
    public void atEnd(CodeBuilder builder) {
      for (CodeElement element : change.apply(body)) {
        if (element instanceof LoadConstantInstruction constant) {
          builder.loadConstant(constant.constantValue()); // the opcode depends on the pool
        } else {
          builder.with(element);
        }
      }
    }
  }

  private List<CodeElement> renumberKeys(List<CodeElement> body) {
    return body.stream()
        .map(
            element ->
                text(element) instanceof String text && KEY.matcher(text).matches()
                    ? key(text)
                    : element)
        .toList();
  }

  private CodeElement key(String old) {
    String key = names.computeIfAbsent(old, any -> "proxykey" + (names.size() + 1));
    return ConstantInstruction.ofLoad(Opcode.LDC_W, ConstantPoolBuilder.of().stringEntry(key));
  }

  /**
   * Sorts the definitions, each of which is: load the name of the interface, load the prefix, call
   * {@code configClass}, store the field, and then load and call {@code ensureLoaded} for each
   * type.
   */
  private List<CodeElement> sortDefinitions(List<CodeElement> body) {
    List<CodeElement> sorted = new ArrayList<>();
    Map<String, List<CodeElement>> definitions = new TreeMap<>();
    for (int i = 0; i < body.size(); ) {
      if (!isCall(body, i + 2, "configClass")) {
        flush(definitions, sorted);
        sorted.add(body.get(i++));
        continue;
      }
      int end = i + 4;
      while (isCall(body, end + 1, "ensureLoaded")) {
        end += 2;
      }
      String name = text(body.get(i)) + " " + text(body.get(i + 1));
      if (definitions.put(name, body.subList(i, end)) != null) {
        throw new IllegalStateException("two definitions of " + name);
      }
      i = end;
    }
    flush(definitions, sorted);
    return sorted;
  }

  private void flush(Map<String, List<CodeElement>> definitions, List<CodeElement> sorted) {
    for (List<CodeElement> definition : definitions.values()) {
      String field = ((FieldInstruction) definition.get(3)).name().stringValue();
      names.put(field, "configClass$" + names.size());
      sorted.addAll(definition);
    }
    definitions.clear();
  }

  /**
   * Gives the fields their new names, and sorts them within each sequence of {@code withMapping}.
   */
  private List<CodeElement> sortRegistrations(List<CodeElement> body) {
    List<CodeElement> renamed = new ArrayList<>(body);
    renamed.replaceAll(this::renamed);
    for (int start = 0; start < renamed.size(); start++) {
      int end = start;
      while (isCall(renamed, end + 4, "withMapping")) {
        end += 5;
      }
      List<CodeElement> fields = new ArrayList<>();
      for (int i = start; i < end; i += 5) {
        fields.add(renamed.get(i));
      }
      fields.sort(Comparator.comparingInt(StableBytecode::number));
      for (int i = start; i < end; i += 5) {
        renamed.set(i, fields.get((i - start) / 5));
      }
      start = Math.max(start, end - 1);
    }
    return renamed;
  }

  private CodeElement renamed(CodeElement element) {
    return element instanceof FieldInstruction field
            && names.containsKey(field.name().stringValue())
        ? FieldInstruction.of(
            field.opcode(),
            ConstantPoolBuilder.of()
                .fieldRefEntry(
                    field.owner().asSymbol(),
                    names.get(field.name().stringValue()),
                    field.typeSymbol()))
        : element;
  }

  private static int number(CodeElement field) {
    String name = ((FieldInstruction) field).name().stringValue();
    return Integer.parseInt(name.substring(name.indexOf('$') + 1));
  }

  private static String text(CodeElement element) {
    return element instanceof LoadConstantInstruction constant
            && constant.constantValue() instanceof String text
        ? text
        : null;
  }

  private static boolean isCall(List<CodeElement> body, int index, String method) {
    return index < body.size()
        && body.get(index) instanceof InvokeInstruction call
        && call.name().equalsString(method);
  }

  private static boolean hasKeys(byte[] bytes) {
    return StreamSupport.stream(ClassFile.of().parse(bytes).constantPool().spliterator(), false)
        .anyMatch(
            entry -> entry instanceof Utf8Entry text && KEY.matcher(text.stringValue()).matches());
  }
}
