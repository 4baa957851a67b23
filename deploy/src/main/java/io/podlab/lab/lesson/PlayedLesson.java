package io.podlab.lab.lesson;

import io.podlab.lab.report.LessonReport;
import java.util.List;
import java.util.Optional;

/**
 * A lesson whose play has ended. Its namespace may still exist.
 *
 * @param title in the language of the play; the name if the text is invalid
 * @param moments what the board reported
 * @param picture the board's timeline as SVG; empty without a board
 */
record PlayedLesson(
    Lesson lesson,
    String title,
    Result result,
    List<LessonReport.Moment> moments,
    Optional<String> picture) {}
