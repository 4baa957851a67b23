/** What would happen if a ConfigMap were changed so: asked before it is done. */
package io.podlab.config.check;
