/** Settings as the person wrote them: taken literally, or refused with the variable's name. */
package io.podlab.kit.settings;
