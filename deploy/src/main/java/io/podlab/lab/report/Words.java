package io.podlab.lab.report;

import io.podlab.lab.record.Outcome;

/**
 * The headings of the page in one language.
 *
 * @param tag for the attribute {@code lang}
 */
record Words(
    String tag,
    String title,
    String cluster,
    String date,
    String results,
    String lesson,
    String result,
    String promises,
    String seconds,
    String passed,
    String failed,
    String skipped,
    String holds,
    String broken,
    String notChecked,
    String seen,
    String picture,
    String noPicture,
    String moments,
    String none) {
  private static final Words ENGLISH =
      new Words(
          "en",
          "Podlab report",
          "Cluster",
          "Date",
          "Results",
          "Lesson",
          "Result",
          "Promises",
          "Seconds",
          "passed",
          "failed",
          "skipped",
          "holds",
          "does not hold",
          "not checked",
          "seen",
          "The cluster during the lesson, drawn by the board. Times are in UTC.",
          "No picture: there was no board, for example because of --no-moments or --parallel, or it"
              + " did not answer.",
          "Changes in the cluster",
          "No lesson has ended yet.");

  private static final Words CHINESE =
      new Words(
          "zh-CN",
          "Podlab 报告",
          "集群",
          "日期",
          "结果",
          "课程",
          "结果",
          "承诺",
          "秒",
          "通过",
          "未通过",
          "跳过",
          "成立",
          "不成立",
          "未检查",
          "看到的结果",
          "这一课期间的集群，由看板绘制。时间为 UTC。",
          "没有图：没有看板（例如使用了 --no-moments 或 --parallel），或者看板没有应答。",
          "集群中发生的事情",
          "还没有一课结束。");

  static Words of(String language) {
    return language.equals(CHINESE.tag) ? CHINESE : ENGLISH;
  }

  String of(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> passed;
      case FAILED -> failed;
      case SKIPPED -> skipped;
    };
  }

  String ofPromise(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> holds;
      case FAILED -> broken;
      case SKIPPED -> notChecked;
    };
  }
}
