// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

// expected-error@+1 {{%t has a dynamic extent (!tile.tensor<?x64xi8>): its pto view needs the extents as constants [TW0305]}}
func.func @dynamic(%t: !tile.tensor<?x64xi8>) {
  func.return
}
