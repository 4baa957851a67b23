/** Schedules of states, such as {@code ok:10s,fail}. */
package io.podlab.probe.schedule;
