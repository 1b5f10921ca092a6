/** Files and folders of the system, whoever the user and whatever the reason that one cannot be used. */
package org.deutero.tensor.files;
