package io.wanstreams.decoder;

/**
 * How what is made of the frames looks.
 *
 * @param quantizer H.264 quantizer of every frame, 1 (finest) to 51
 * @param thumbnailEdge limit of the thumbnail's longer edge in pixels
 * @param sheetTiles at most this many pictures in the sprite sheet
 * @param sheetTileEdge limit of the longer edge of one of them in pixels
 */
record MediaSettings(int quantizer, int thumbnailEdge, int sheetTiles, int sheetTileEdge) {

    private static final int EDGE_LIMIT = 4096;
    private static final int TILE_LIMIT = 400;
    private static final int TILE_EDGE_LIMIT = 512;

    MediaSettings {
        check(quantizer, 51, "wan.decoder.video.quantizer");
        check(thumbnailEdge, EDGE_LIMIT, "wan.decoder.thumbnail.edge-pixels");
        check(sheetTiles, TILE_LIMIT, "wan.decoder.spritesheet.tiles");
        check(sheetTileEdge, TILE_EDGE_LIMIT, "wan.decoder.spritesheet.edge-pixels");
    }

    private static void check(int value, int limit, String setting) {
        if (value < 1 || value > limit) {
            throw new IllegalArgumentException(setting + " lies between 1 and " + limit + ", found " + value + ".");
        }
    }
}
