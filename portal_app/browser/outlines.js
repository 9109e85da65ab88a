// What an icon is drawn with, as one line.
const round = (across, down, left, top) =>
  `m${left} ${top + down}a${across} ${down} 0 1 0 ${2 * across} 0a${across} ${down} 0 1 0 ${-2 * across} 0`;

const PIECES = {
  path: ({ d }) => d,
  circle: ({ cx, cy, r }) => round(+r, +r, cx - r, cy - r),
  line: ({ x1, y1, x2, y2 }) => `M${x1} ${y1}L${x2} ${y2}`,
  polyline: ({ points }) => `M${points}`,
  rect: ({ x, y, width, height, rx = 0, ry = rx }) => {
    const corner = (across, down) => `a${rx} ${ry} 0 0 1 ${across} ${down}`;
    const [across, down] = [width - 2 * rx, height - 2 * ry];
    return (
      `m${+x + +rx} ${y}h${across}${corner(rx, ry)}v${down}${corner(-rx, ry)}` +
      `h${-across}${corner(-rx, -ry)}v${-down}${corner(rx, -ry)}z`
    );
  },
};

// A path that says where it begins from another's end would begin from that of the one before it.
const fromNothing = (line) => (line.startsWith("m") ? `M0 0${line}` : line);

export const outline = (pieces) =>
  pieces.map(([name, piece]) => fromNothing(PIECES[name](piece))).join("");
