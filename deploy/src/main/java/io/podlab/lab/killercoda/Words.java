package io.podlab.lab.killercoda;

/** The sentences that a scenario has in addition to the text of its lesson. */
record Words(
    String course,
    String about,
    String step,
    String needs,
    String begin,
    String interrupt,
    String interruptLast,
    String check,
    String done) {
  private static final Words ENGLISH =
      new Words(
          "Podlab lessons",
          "Each lesson shows one thing that Kubernetes does, and checks that it really happened.",
          "Step %d",
          "It needs: %s.",
          "Click this command first, also in each new tab of the terminal. It waits until the"
              + " cluster is ready, makes the namespace of this lesson the default of kubectl, and"
              + " changes to the folder with the files.",
          "This command does not end by itself. The next command that you click ends it with Ctrl-C;"
              + " first wait until you see the lines above.",
          "This command does not end by itself. When you have seen the lines above, press Ctrl-C and"
              + " click **Check**.",
          "**Check** runs `./verify.sh` and continues if all promises hold.",
          "All promises hold.");

  private static final Words CHINESE =
      new Words(
          "Podlab 课程",
          "每一课演示 Kubernetes 的一种行为，并检查它确实发生了。",
          "第 %d 步",
          "需要：%s。",
          "请先点击下面的命令；在终端的每个新标签页中也要点击。它等到集群就绪，把这一课的命名空间设为" + " kubectl 的默认命名空间，并进入存放文件的目录。",
          "这条命令不会自行结束。你点击的下一条命令会用 Ctrl-C 结束它；请先等到上面的输出出现。",
          "这条命令不会自行结束。看到上面的输出之后，请按 Ctrl-C，然后点击 **Check**。",
          "**Check** 会运行 `./verify.sh`，所有承诺都成立时才继续。",
          "所有承诺都成立。");

  static Words of(String language) {
    return language.startsWith("zh") ? CHINESE : ENGLISH;
  }
}
