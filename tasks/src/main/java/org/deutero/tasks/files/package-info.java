/**
 * Data sets read from files.
 *
 * <p>{@link org.deutero.tasks.files.ImageCollection} is the way to bring data of one's own: a folder, or a zip of one, with
 * a folder for each class, or a CSV list. {@link org.deutero.tasks.files.ImageCache} keeps what was decoded, and {@link
 * org.deutero.tasks.files.Survey} tells what is there. {@link org.deutero.tasks.files.Mnist} and {@link
 * org.deutero.tasks.files.MiniImageNet} read the usual public sets from where the user keeps them; nothing is downloaded.
 *
 * <p>Files come from strangers: sizes are checked before memory is taken, archives are never unpacked to disk, and whatever
 * is wrong is reported with the name of the file it is wrong in.
 */
package org.deutero.tasks.files;
