/** What a probe is to answer at which time: {@code ok:10s,fail}. */
package io.podlab.probe.schedule;
