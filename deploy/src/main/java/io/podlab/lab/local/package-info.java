/** The services as processes of this machine: started, watched, shown and stopped. */
package io.podlab.lab.local;
