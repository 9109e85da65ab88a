// What an icon is drawn with, as one line.
const PIECES = {
  // One that says where it begins from another's end would begin from that of the one before it.
  path: ({ d }) => (d.startsWith("m") ? `M0 0${d}` : d),
  circle: ({ cx, cy, r }) => `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  line: ({ x1, y1, x2, y2 }) => `M${x1} ${y1}L${x2} ${y2}`,
  polyline: ({ points }) => `M${points}`,
  rect: ({ x, y, width, height, rx = 0, ry = rx }) => {
    const corner = (across, down) => `a${rx} ${ry} 0 0 1 ${across} ${down}`;
    const [across, down] = [width - 2 * rx, height - 2 * ry];
    return (
      `M${+x + +rx} ${y}h${across}${corner(rx, ry)}v${down}${corner(-rx, ry)}` +
      `h${-across}${corner(-rx, -ry)}v${-down}${corner(rx, -ry)}z`
    );
  },
};

export const outline = (pieces) => pieces.map(([name, piece]) => PIECES[name](piece)).join("");
