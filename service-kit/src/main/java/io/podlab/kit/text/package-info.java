/** Makes untrusted text safe for terminals, logs and pages. */
package io.podlab.kit.text;
