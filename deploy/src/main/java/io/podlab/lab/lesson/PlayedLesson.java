package io.podlab.lab.lesson;

/** A lesson whose play has ended. Its namespace may still exist. */
record PlayedLesson(Lesson lesson, Result result) {}
