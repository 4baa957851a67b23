/** What each of the three probes answers now, and who has asked. */
package io.podlab.probe.answer;
