package io.wanstreams.cli.pictures;

/**
 * The thing in front, in one frame.
 *
 * @param x of its centre, as a share of the width
 * @param y of its centre from the top, as a share of the height
 * @param area as a share of the frame
 * @param colour that most of it has
 */
record Thing(double x, double y, double area, NamedColour colour) {}
