/** Files that must survive a restart. */
package io.podlab.kit.state;
