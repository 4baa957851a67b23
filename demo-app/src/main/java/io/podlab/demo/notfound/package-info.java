/** Lists the endpoints in the answer to an unknown path. */
package io.podlab.demo.notfound;
