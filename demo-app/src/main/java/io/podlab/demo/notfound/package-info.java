/** What there is to ask, for one who asks for what there is not. */
package io.podlab.demo.notfound;
